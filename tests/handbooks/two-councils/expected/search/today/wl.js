handbookIndex("wl","leader localism");
