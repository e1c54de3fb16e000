# Half of it before it begins, and the rest when the alarm says so.
sh track.sh 50 10 25
lab traffic rate customers 100
