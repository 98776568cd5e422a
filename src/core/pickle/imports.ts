/** What the imports of a pickle say: which of them no model needs, and which versions wrote it. */

/**
 * Modules that start programs, open sockets or files, or run text as code, and with which a pickle does so while it is
 * loaded. After picklescan (https://github.com/mmaitre314/picklescan) and fickling (https://github.com/trailofbits/fickling):
 * a list of what is known, no proof that anything else is harmless.
 */
const REFUSED_MODULES = [
  ...[
    'os',
    'posix',
    'nt',
    'sys',
    'subprocess',
    'pty',
    'shutil',
    'socket',
    'ssl',
    'select',
    'signal',
    'platform',
  ],
  ...[
    'importlib',
    'imp',
    'runpy',
    'pkgutil',
    'zipimport',
    'code',
    'codeop',
    'compileall',
    'py_compile',
    'pdb',
    'bdb',
  ],
  ...[
    'ctypes',
    '_ctypes',
    'cffi',
    'mmap',
    'multiprocessing',
    'threading',
    'asyncio',
    'concurrent',
    '_posixsubprocess',
  ],
  ...[
    'http',
    'urllib',
    'urllib3',
    'httplib',
    'requests',
    'aiohttp',
    'httpx',
    'ftplib',
    'smtplib',
    'telnetlib',
    'xmlrpc',
  ],
  ...[
    'webbrowser',
    'pip',
    'setuptools',
    'distutils',
    'ensurepip',
    'venv',
    'pydoc',
    'doctest',
    'idlelib',
    'lib2to3',
  ],
  ...[
    'timeit',
    'cProfile',
    'profile',
    'trace',
    'commands',
    'popen2',
    'pickle',
    '_pickle',
    'marshal',
    'shelve',
    'dill',
  ],
  ...[
    'tempfile',
    'glob',
    'fileinput',
    'linecache',
    'io',
    '_io',
    'paramiko',
    'fabric',
    'invoke',
    'IPython',
    'torch.hub',
  ],
  ...[
    'numpy.testing',
    'numpy.f2py',
    'numpy.distutils',
    'torch._inductor',
    'torch.utils._config_module',
    'torch.distributed',
  ],
  ...[
    'sklearn.utils._testing',
    'pandas.io',
    'pandas.core.computation',
    'scipy.io',
    'cloudpickle.cloudpickle.subimport',
  ],
];
/** Of modules that models do need. */
const REFUSED_NAMES = [
  ...[
    'eval',
    'exec',
    'execfile',
    'compile',
    '__import__',
    'open',
    'input',
    'breakpoint',
    'globals',
    'locals',
    'vars',
  ].flatMap((name) => [`builtins.${name}`, `__builtin__.${name}`]),
  ...['operator.attrgetter', 'operator.methodcaller', 'torch.load', 'numpy.load', 'joblib.load'],
  ...[
    'numpy.fromfile',
    'numpy.memmap',
    'numpy.core.memmap',
    'joblib.numpy_pickle.load',
    'torch.storage._load_from_bytes',
  ],
];
/** Legitimate, and yet enough to reach everything together with others: named, and not refused. */
const TOLD_NAMES = [
  'builtins.getattr',
  '__builtin__.getattr',
  'builtins.setattr',
  'builtins.apply',
  'builtins.map',
];

/** What is refused among imports, sorted. @param allowed names or modules that the user named */
export function refusedImports(imports: ReadonlySet<string>, allowed: readonly string[]): string[] {
  return [...imports].filter((name) => isRefused(name) && !allowed.some((one) => isWithin(name, one))).sort();
}

export function toldImports(imports: ReadonlySet<string>): string[] {
  return [...imports].filter((name) => TOLD_NAMES.includes(name)).sort();
}

/** cloudpickle writes functions as code into the file: it runs when they are called, and needs the Python that wrote it. */
export function holdsCode(imports: ReadonlySet<string>): boolean {
  return [...imports].some((name) =>
    /^cloudpickle\.|^types\.CodeType$|_make_function$|_builtin_type$/.test(name),
  );
}

function isRefused(name: string): boolean {
  if (name === '?' || REFUSED_NAMES.includes(name)) return true;
  return REFUSED_MODULES.some((module) => isWithin(name, module));
}

const isWithin = (name: string, module: string) => name === module || name.startsWith(`${module}.`);

/** The packages that have to be there to load it, without Python's own. */
export function packagesOf(imports: ReadonlySet<string>): string[] {
  const own = new Set([
    'builtins',
    '__builtin__',
    'copyreg',
    'copy_reg',
    'collections',
    '_codecs',
    'types',
    'operator',
    'functools',
    '__main__',
    '?',
  ]);
  return [...new Set([...imports].map((name) => name.split('.')[0] ?? ''))]
    .filter((name) => !own.has(name))
    .sort();
}

/** numpy 2 renamed numpy.core: its pickles are read by numpy 1.26 and newer alone. */
export function numpyMajor(imports: ReadonlySet<string>): 1 | 2 | null {
  if ([...imports].some((name) => name.startsWith('numpy._core.'))) return 2;
  return [...imports].some((name) => name.startsWith('numpy.core.')) ? 1 : null;
}
