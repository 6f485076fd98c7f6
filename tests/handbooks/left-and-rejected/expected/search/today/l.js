handbookIndex("l",["6","F"]);
