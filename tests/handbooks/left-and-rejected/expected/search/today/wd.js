handbookIndex("wd","decisions");
