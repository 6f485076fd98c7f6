handbookIndex("t0",[[],[]]);
