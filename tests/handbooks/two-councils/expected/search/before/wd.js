handbookIndex("wd","days");
