handbookIndex("wc","council");
