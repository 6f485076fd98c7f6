handbookIndex("wr","returned");
