handbookIndex("wh","holders");
