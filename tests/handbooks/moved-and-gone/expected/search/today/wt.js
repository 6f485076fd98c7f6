handbookIndex("wt","take transparent");
