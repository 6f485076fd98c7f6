handbookIndex("t0",[[0,2]]);
