handbookIndex("l",["66&","GF&"]);
