handbookIndex("wa","answered answers asked");
