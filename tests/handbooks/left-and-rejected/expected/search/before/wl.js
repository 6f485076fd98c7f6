handbookIndex("wl","leader");
