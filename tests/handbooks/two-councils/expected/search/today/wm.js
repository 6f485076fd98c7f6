handbookIndex("wm","manner member monitoring");
