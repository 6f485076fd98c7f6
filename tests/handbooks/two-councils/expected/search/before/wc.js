handbookIndex("wc","councillor");
