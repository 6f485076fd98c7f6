handbookIndex("wc","council councillor councillors");
