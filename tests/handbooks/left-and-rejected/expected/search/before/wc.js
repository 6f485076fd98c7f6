handbookIndex("wc","ceremonies");
