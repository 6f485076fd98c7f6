handbookIndex("wk","kept");
