handbookIndex("ws","section should soon speaks");
