handbookIndex("wf","five follows");
