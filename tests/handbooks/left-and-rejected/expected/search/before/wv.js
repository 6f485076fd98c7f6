handbookIndex("wv","visits");
