export const id = 33;
export const ids = [33];
export const modules = {

/***/ 79033:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   closeLeftOpen: () => (/* binding */ closeLeftOpen)
/* harmony export */ });
/* harmony import */ var _core_approval_answers_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(61328);
/** After the job: a request that nobody waits for any more must not look as if it could still be approved. */

async function closeLeftOpen(issue, host, log) {
    const { open } = await host.issue(issue);
    if (!open)
        return;
    await host.comment(issue, _core_approval_answers_js__WEBPACK_IMPORTED_MODULE_0__/* .ends */ .rW.leftOpen());
    await host.close(issue, 'not_planned');
    log.info(`Closed the request #${issue}, which its run had left open.`);
}


/***/ }),

/***/ 61328:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   oy: () => (/* binding */ answerTo),
/* harmony export */   rW: () => (/* binding */ ends)
/* harmony export */ });
/* unused harmony export reason */
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51438);
/* harmony import */ var _marker_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35885);
/** What the gate writes on the issue. Everything carries our mark, so that it never counts as anybody's comment. */


/** Why a comment does not count, as the rest of a sentence. `null`: nobody needs to be told. */
const REASONS = {
    edited: 'it was edited; what it said at first cannot be seen any more. Write a new comment',
    bot: 'it was not written by a person’s own account',
    'too-old': 'it is older than this request',
    quoted: 'it quotes something; the word must be the whole comment',
    'in-code': 'the word stands in code; it must be the whole comment, as plain text',
    'not-one-word': 'the whole comment must be one of the words, and nothing else',
    talk: null,
    initiator: 'its author started this run; somebody else must decide. (To stop the run, cancel it.)',
    'not-an-approver': 'its author is not one of the approvers',
    'lost-access': 'its author has lost access since the request was made',
    unclear: 'a later comment of its author was edited, so what they said last is not certain. Write a new comment',
    'said-again': null,
};
function reason(why) {
    return REASONS[why];
}
/** The answer to a comment that does not count; null where it needs none. */
function answerTo({ comment, why }, minimumApprovals) {
    const because = reason(why);
    if (because === null)
        return null;
    const link = comment.url === '' ? 'A comment' : `[The comment](${comment.url})`;
    const author = comment.author === '' ? '' : ` of ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(comment.author)}`;
    const needed = minimumApprovals === 1 ? 'one approval' : `${minimumApprovals} approvals`;
    return (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)(`${link}${author} does not count: ${because.replace(/\.$/, '')}.\n\nThis request needs ${needed}.`);
}
const ends = {
    approved: (by) => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)(`Approved by ${people(by)}. The run goes on with exactly this plan.`),
    denied: (by) => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)(`Denied by ${people(by)}. Nothing was changed.`),
    edited: () => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)('The text of this request was edited, so it is not certain what an approval would mean. ' +
        'The request ends without one; nothing was changed.'),
    closed: (by) => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)(`Closed${by === '' ? '' : ` by ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(by)}`} without a decision, which denies. Nothing was changed.`),
    'timed-out': (minutes) => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)(`No decision within ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}. Nothing was changed.`),
    cancelled: () => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)('The run was cancelled before a decision. Nothing was changed.'),
    leftOpen: () => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .ours */ .Od)('The run ended (cancelled or killed) without closing this request. It cannot be approved any more.'),
    superseded: (by) => (0,_marker_js__WEBPACK_IMPORTED_MODULE_0__/* .supersededComment */ .wc)(by, `A newer request for the same endpoint and environment, #${by}, replaces this one.`),
};
function people(votes) {
    return votes.map(({ login, url }) => (url === '' ? (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(login) : `[${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(login)}](${url})`)).join(', ');
}


/***/ }),

/***/ 35885:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ed: () => (/* binding */ parseRequestMark),
/* harmony export */   MU: () => (/* binding */ isOurs),
/* harmony export */   Od: () => (/* binding */ ours),
/* harmony export */   Rr: () => (/* binding */ requestMark),
/* harmony export */   el: () => (/* binding */ sameKey),
/* harmony export */   gT: () => (/* binding */ supersededBy),
/* harmony export */   wc: () => (/* binding */ supersededComment)
/* harmony export */ });
/* harmony import */ var _canonical_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29620);
/**
 * Hidden marks (HTML comments) by which requests and our own comments are found again. A mark is never proof: whoever
 * reads one also checks who wrote it.
 */

const REQUEST = 'ml-deploy:approval-request';
const COMMENT = 'ml-deploy:comment';
const SUPERSEDED = 'ml-deploy:superseded';
function requestMark(mark) {
    const { repository, environment, endpoint, plan } = mark;
    // As escapes, these signs cannot end the HTML comment early, nor mention anybody.
    const json = (0,_canonical_json_js__WEBPACK_IMPORTED_MODULE_0__/* .canonicalJson */ .dj)({ repository, environment, endpoint, plan }).replace(/[<>@-]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
    return `<!-- ${REQUEST} ${json} -->`;
}
/** The mark at the very start of an issue's body; null where there is none that can be read. */
function parseRequestMark(body) {
    const json = new RegExp(`^<!-- ${REQUEST} (\\{.*?\\}) -->`).exec(body)?.[1];
    if (json === undefined)
        return null;
    try {
        const mark = JSON.parse(json);
        const { repository, environment = null, endpoint, plan } = mark;
        if (typeof repository !== 'string' || typeof endpoint !== 'string' || typeof plan !== 'string')
            return null;
        if (environment !== null && typeof environment !== 'string')
            return null;
        return { repository, environment, endpoint, plan };
    }
    catch {
        return null;
    }
}
/** Repository names are compared without regard to case, as GitHub does; the rest as it is. */
function sameKey(a, b) {
    return (a.repository.toLowerCase() === b.repository.toLowerCase() &&
        a.environment === b.environment &&
        a.endpoint === b.endpoint);
}
/** Marks a comment as ours, so that it is neither counted nor answered. */
function ours(text) {
    return `<!-- ${COMMENT} -->\n${text}`;
}
function isOurs(body) {
    return body.startsWith(`<!-- ${COMMENT} -->`) || body.startsWith(`<!-- ${SUPERSEDED} `);
}
/** The comment that a newer request leaves on an older one. */
function supersededComment(by, text) {
    return `<!-- ${SUPERSEDED} ${by} -->\n${text}`;
}
/** The number of the newer request; null where the comment is not such a one. */
function supersededBy(body) {
    const number = new RegExp(`^<!-- ${SUPERSEDED} (\\d{1,15}) -->`).exec(body)?.[1];
    return number === undefined ? null : Number(number);
}


/***/ }),

/***/ 29620:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   VK: () => (/* binding */ shortDigest),
/* harmony export */   dj: () => (/* binding */ canonicalJson),
/* harmony export */   ol: () => (/* binding */ digestOf),
/* harmony export */   sc: () => (/* binding */ sha256)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var canonicalize__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(98799);


/** JSON with sorted keys and no white space, the same bytes for the same value (RFC 8785). */
function canonicalJson(value) {
    const text = (0,canonicalize__WEBPACK_IMPORTED_MODULE_1__/* ["default"] */ .A)(value);
    if (text === undefined)
        throw new TypeError('This value has no JSON form.');
    return text;
}
/** sha256 of a text or of bytes: 64 hexadecimal digits. */
function sha256(data) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(data).digest('hex');
}
/** sha256 of the canonical JSON of a value: 64 hexadecimal digits. */
function digestOf(value) {
    return sha256(canonicalJson(value));
}
/** The first digits of a digest, for people. */
function shortDigest(digest, length = 12) {
    return digest.slice(0, length);
}


/***/ }),

/***/ 98799:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ canonicalize)
/* harmony export */ });
function serializeString (value) {
  if (!value.isWellFormed()) {
    throw new Error('Lone surrogate is not allowed');
  }
  return JSON.stringify(value);
}

function serializePrimitive (value) {
  switch (typeof value) {
    case 'number':
      if (isNaN(value)) {
        throw new Error('NaN is not allowed');
      }
      if (!isFinite(value)) {
        throw new Error('Infinity is not allowed');
      }
      // For finite numbers String(value) would give identical output, but
      // JSON.stringify benchmarks faster on V8.
      return JSON.stringify(value);
    case 'string':
      return serializeString(value);
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      // null, or values JSON.stringify maps to undefined (undefined,
      // functions, symbols).
      return JSON.stringify(value);
  }
}

// Resolves a value to either its serialized primitive form (a string — or
// undefined, for values JSON.stringify drops) or a frame describing the
// container to descend into. Callers distinguish the two cases with
// `typeof result !== 'object'`.
//
// toJSON results are unwrapped here, and the wrapper objects stay in `seen`
// until the resolved subtree is fully serialized, so cycles introduced via
// toJSON are still detected.
function enterValue (value, seen) {
  let wrappers = null;
  while (value !== null && typeof value === 'object' && typeof value.toJSON === 'function') {
    if (seen.has(value)) {
      throw new Error('Circular reference detected');
    }
    seen.add(value);
    (wrappers ??= []).push(value);
    value = value.toJSON();
  }

  // Boxed Number/String/Boolean objects serialize as their primitive values,
  // mirroring how JSON.stringify treats them.
  if (value instanceof Number || value instanceof String || value instanceof Boolean) {
    value = value.valueOf();
  }

  if (value === null || typeof value !== 'object') {
    if (wrappers !== null) {
      for (const wrapper of wrappers) seen.delete(wrapper);
    }
    return serializePrimitive(value);
  }

  if (seen.has(value)) {
    throw new Error('Circular reference detected');
  }
  seen.add(value);

  return {
    container: value,
    // null marks an array frame; object frames carry their sorted keys.
    // `sort()`'s default comparator orders by UTF-16 code unit, which is the
    // order JCS requires.
    keys: Array.isArray(value) ? null : Object.keys(value).sort(),
    // Next child to serialize; the frame resumes here after a nested
    // container's subtree completes.
    index: 0,
    // Whether no member has been emitted yet (controls comma placement).
    first: true,
    // toJSON wrappers to release from `seen` when this frame completes.
    wrappers
  };
}

function canonicalize (object) {
  if (object === null || typeof object !== 'object') {
    return serializePrimitive(object);
  }

  const seen = new Set();
  const root = enterValue(object, seen);
  if (typeof root !== 'object') {
    // A toJSON chain resolved the input to a primitive.
    return root;
  }

  let result = root.keys === null ? '[' : '{';
  const stack = [root];

  // Depth-first serialization with an explicit stack instead of recursion, so
  // nesting depth is bounded by heap size rather than call-stack size. The top
  // frame is the container currently being serialized: primitive children are
  // appended inline, while a nested container pushes a new frame and jumps
  // back to the outer loop. Because frame.index was already advanced, the
  // parent resumes at its next child once the subtree is done. Opening
  // brackets are emitted when a frame is pushed, closing brackets when it
  // completes.
  outer:
  while (stack.length > 0) {
    const frame = stack[stack.length - 1];
    const container = frame.container;

    // keys === null marks an array frame; otherwise keys holds the object's
    // sorted property names. Either way the iteration counter lives on the
    // frame itself (frame.index), so when a frame is resumed after a nested
    // container completes, the while condition continues at the first
    // unserialized child instead of restarting from the beginning.
    if (frame.keys === null) {
      while (frame.index < container.length) {
        const i = frame.index++;
        if (i > 0) {
          result += ',';
        }
        const element = container[i];
        // Inside arrays, JSON.stringify serializes values with no JSON
        // representation (undefined, symbols, functions) as null.
        const value = element === undefined || typeof element === 'symbol' || typeof element === 'function' ? null : element;
        if (value === null || typeof value !== 'object') {
          result += serializePrimitive(value);
          continue;
        }
        const child = enterValue(value, seen);
        if (typeof child !== 'object') {
          // A toJSON chain resolved the child to an already-serialized
          // primitive — or, when child is undefined, to a value with no JSON
          // representation, which becomes null inside arrays.
          result += child === undefined ? 'null' : child;
          continue;
        }
        result += child.keys === null ? '[' : '{';
        stack.push(child);
        continue outer;
      }
      result += ']';
    } else {
      const keys = frame.keys;
      while (frame.index < keys.length) {
        const key = keys[frame.index++];
        const value = container[key];
        // Inside objects, JSON.stringify omits properties whose value has no
        // JSON representation (undefined, symbols, functions).
        if (value === undefined || typeof value === 'symbol' || typeof value === 'function') {
          continue;
        }
        if (value === null || typeof value !== 'object') {
          // Commas are tracked with a flag rather than the key index: a
          // skipped key must not leave a stray comma behind.
          if (frame.first) {
            frame.first = false;
          } else {
            result += ',';
          }
          result += serializeString(key) + ':' + serializePrimitive(value);
          continue;
        }
        // The child must be resolved before the key is emitted: a toJSON
        // returning a value with no JSON representation drops the whole
        // property.
        const child = enterValue(value, seen);
        if (child === undefined) {
          continue;
        }
        if (frame.first) {
          frame.first = false;
        } else {
          result += ',';
        }
        result += serializeString(key) + ':';
        if (typeof child !== 'object') {
          result += child;
          continue;
        }
        result += child.keys === null ? '[' : '{';
        stack.push(child);
        continue outer;
      }
      result += '}';
    }

    // Frame complete. The container leaves `seen` so that a later, sibling
    // reference to the same object is not mistaken for a cycle.
    seen.delete(container);
    if (frame.wrappers !== null) {
      for (const wrapper of frame.wrappers) seen.delete(wrapper);
    }
    stack.pop();
  }

  return result;
}


/***/ })

};
