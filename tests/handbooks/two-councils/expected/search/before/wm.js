handbookIndex("wm","member");
