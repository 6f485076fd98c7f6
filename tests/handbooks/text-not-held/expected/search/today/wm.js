handbookIndex("wm","manner");
