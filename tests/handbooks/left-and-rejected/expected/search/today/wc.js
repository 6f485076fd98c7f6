handbookIndex("wc","ceremonies council");
