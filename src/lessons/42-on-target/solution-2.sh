# A lower target keeps more room.
sh track.sh 30 9 30
lab traffic rate customers 100
