handbookIndex("wh","harm holders");
