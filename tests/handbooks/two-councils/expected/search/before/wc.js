handbookIndex("wc","councillor councillors");
