handbookIndex("wm","manner matters mayor");
