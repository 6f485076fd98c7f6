handbookIndex("wm","matters mayor");
