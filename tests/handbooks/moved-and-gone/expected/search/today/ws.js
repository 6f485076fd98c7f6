handbookIndex("ws","should speaks");
