/**
 * The first hour of a new user: every code block of README.md and of the local quick start, in order, in an empty folder,
 * with node, npm, git, python and act alone. GitHub is a folder of repositories and a stand-in for gh; a push runs the
 * workflow of the page under act. README.md is followed in a repository with a model just trained with scikit-learn, and
 * nothing of ours. Prints each command with its exit code and seconds; at most 300 s after installs.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { startGitHubSide } from '../test/conformance/guide/github-side.ts';
import { openGuideShell } from '../test/conformance/guide/guide-shell.ts';
import { missingAct } from '../test/conformance/workflows/act.ts';
import { followPage, type Followed } from './first-hour/follow.ts';
import { toolsIn, whyNoPython } from './first-hour/tools.ts';
import { root } from './lib/paths.ts';

const MOST_SECONDS = 300;

/** The reader's own training script: README.md is added to its end. */
const TRAINING = `from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

X, y = load_breast_cancer(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = make_pipeline(StandardScaler(), LogisticRegression()).fit(X_train, y_train)
print(f"accuracy {model.score(X_test, y_test):.3f}")

`;

/** Somebody's project before they meet ours: a model, a virtual environment, and a repository on GitHub. */
const BEFORE = `git init --quiet --initial-branch main churn
cd churn
python3 -m venv .venv
. .venv/bin/activate
pip install --quiet scikit-learn skl2onnx
cp ../training.py train.py
python3 train.py
printf '.venv/\\n' > .gitignore
git add --all
git commit --quiet --message 'A model'
gh repo create acme/churn --private
git remote add origin https://github.com/acme/churn
git push --quiet --set-upstream origin main
`;

const missing = missingAct() ?? whyNoPython();
if (missing === null) process.exitCode = await firstHour();
else console.log(`the first hour is not followed: skipped: ${missing}`);

async function firstHour(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'ml-deploy-first-hour-'));
  process.env.PATH = toolsIn(join(folder, 'tools'));
  try {
    const followed = [await readme(join(folder, 'readme')), await quickStart(join(folder, 'quick-start'))];
    return summary(followed);
  } catch (error) {
    console.log(`\nFAILED: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readme(folder: string): Promise<Followed> {
  const github = await sideIn(folder);
  const env = envOf(github.env);
  try {
    writeFileSync(join(folder, 'training.py'), TRAINING);
    const user = openGuideShell(folder, env);
    await user.run({ page: 'before', language: 'sh', line: 1, heading: '', text: BEFORE });
    console.log('\nREADME.md, in a repository with a model just trained\n');
    const virtual = { ...env, PATH: [join(folder, 'churn/.venv/bin'), env.PATH].join(delimiter) };
    const clone = 'Try it on your machine';
    return await followPage(
      'README.md',
      (heading) => (heading === clone ? folder : join(folder, 'churn')),
      virtual,
    );
  } finally {
    await github.close();
  }
}

async function quickStart(folder: string): Promise<Followed> {
  const github = await sideIn(folder);
  try {
    console.log('\ndocs/first-release.md, in an empty folder\n');
    return await followPage('docs/first-release.md', () => folder, envOf(github.env));
  } finally {
    await github.close();
  }
}

function sideIn(folder: string) {
  mkdirSync(folder, { recursive: true });
  const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const project = [...new Set(files.split('\n').map((path) => path.split('/')[0] ?? ''))].filter(
    (name) => name !== '',
  );
  return startGitHubSide(folder, { ML_DEPLOY_POLL_SECONDS: '0.2' }, { workflow: 'model', project });
}

function envOf(env: Readonly<Record<string, string>>): Record<string, string> & { PATH: string } {
  const kept = Object.entries(process.env).filter(([name]) =>
    /^(npm_config|PIP|SSL|NODE_EXTRA|HTTPS?_PROXY)/i.test(name),
  );
  return { ...(Object.fromEntries(kept) as Record<string, string>), PATH: '', ...env };
}

function summary(followed: readonly Followed[]): number {
  const sum = (of: (one: Followed) => number) => followed.map(of).reduce((all, one) => all + one, 0);
  const seconds = sum((one) => one.seconds);
  console.log(
    `\n${sum(({ blocks }) => blocks)} blocks followed, 0 edits that the page does not print, ` +
      `${seconds.toFixed(0)} s beside ${sum((one) => one.installSeconds).toFixed(0)} s of installs (${MOST_SECONDS} s at most)`,
  );
  return seconds <= MOST_SECONDS ? 0 : 1;
}
