handbookIndex("ws","speaks");
