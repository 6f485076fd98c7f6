handbookIndex("ww","within working");
