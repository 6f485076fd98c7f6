handbookIndex("wt","take time transparent");
