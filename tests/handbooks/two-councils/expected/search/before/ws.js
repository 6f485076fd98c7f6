handbookIndex("ws","soon speaks");
