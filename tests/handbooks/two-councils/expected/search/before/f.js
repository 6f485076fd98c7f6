handbook.part({"authorities":[["ashby","Ashby"],["bray","Bray"]],"documents":[[0,0,[0],[]]],"principles":[["openness","Openness"]],"topics":[["information","Information"],["press","The press"]]})
