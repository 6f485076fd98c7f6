handbookIndex("wy","years");
