handbookIndex("wc","cases council councillor councillors");
