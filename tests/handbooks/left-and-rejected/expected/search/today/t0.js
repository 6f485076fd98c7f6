handbookIndex("t0",[[0,1],[],[]]);
