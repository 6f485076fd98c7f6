handbook.part({"authorities":[["ashby","Ashby"]],"documents":[[0,0,[0],[]],[1,-1,[],[]],[2,-1,[],[]]],"principles":[["openness","Openness"]],"topics":[["press","The press"]]})
