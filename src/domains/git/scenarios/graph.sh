git init repo
cd /work/repo
git commit -q --allow-empty -m r
git checkout -q -b a; git commit -q --allow-empty -m a1
git checkout -q -b b main; git commit -q --allow-empty -m b1
git checkout -q -b c main; git commit -q --allow-empty -m c1
git checkout -q a; git merge -q --no-edit b
git checkout -q c; git commit -q --allow-empty -m c2; git merge -q --no-edit b
git checkout -q b; git commit -q --allow-empty -m b2; git merge -q --no-edit a
git checkout -q main; git commit -q --allow-empty -m m1; git merge -q --no-edit c
git checkout -q a; git merge -q --no-edit main
git checkout -q -b d main~1; git commit -q --allow-empty -m d1
git checkout -q c; git commit -q --allow-empty -m c3
git log --graph --oneline --all
git log --graph --all --format=%s --date-order
git log --graph --all
git log --oneline --all
git log --oneline main..b
git log --oneline a...d
git log --oneline --first-parent a
git log --merges --format=%s --all
git log --oneline --graph main b -- .
printf '*.o\n!keep.o\n/top\ndoc/**/x\nbuild/\n' > .gitignore; mkdir -p doc/p/q build sub; touch a.o keep.o top sub/top doc/p/q/x doc/x build/y sub/z.o
git status -s
git status -s -uall --ignored
git check-ignore -v a.o keep.o top sub/top build/y
git add a.o
git add -A; git ls-files
git describe --always
git rev-list --count --all
git shortlog -n HEAD
