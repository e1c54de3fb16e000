git init repo
cd /work/repo
git status
git log
printf 'one\ntwo\nthree\n' > a.txt; mkdir d; echo x > d/b; printf '*.log\nbuild/\n' > .gitignore; echo z > x.log
git status
git status -s
git add a.txt
git status
git status --porcelain -b
git diff
git diff --cached
git commit -m "first commit" -m "with a body"
git add .
git commit -q -m second
git log
git log --oneline --decorate
git log --stat
git log -p -1
git show HEAD~1
git show HEAD:a.txt
printf 'one\nTWO\nthree\nfour\n' > a.txt; rm d/b; echo new > c
git status
git status -sb
git diff
git diff --stat
git diff --name-status
git commit -am "third: change and remove"
git mv a.txt e.txt
chmod +x .gitignore
git status
git add -A
git status -s
git commit -m "rename and mode"
git log --name-status --oneline
git log --oneline -- d
git rm e.txt
git status -s
git reset
git status -s
git checkout -- e.txt
git restore --staged nothing
git commit -m nothing
git ls-files -s
git ls-tree -r HEAD
git cat-file -p HEAD
git cat-file -t HEAD^{tree}
git rev-parse HEAD HEAD~1 main
git rev-parse --abbrev-ref HEAD
git log --format='%h %an %ad %s' --date=short
git log --pretty=format:'%H%n%P%n%d%n%b'
git commit --amend -m "rename, mode and more"
git reflog
git shortlog -s -n HEAD
git blame e.txt
git tag v1; git tag -a v2 -m "the second"
git tag; git describe; git show v2 --stat
git branch topic; git branch -v
git grep one
