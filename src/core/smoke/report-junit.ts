/** The report as JUnit XML, which every CI system shows. https://github.com/testmoapp/junitxml */
import XMLBuilder from 'fast-xml-builder';
import { subjectName, type SmokeReport } from './report.ts';

/** Values of keys that begin with @ are attributes, `#text` is text, a list is several elements. */
const builder = new XMLBuilder({
  attributeNamePrefix: '@',
  ignoreAttributes: false,
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
  format: true,
});

export function junitOf(report: SmokeReport): string {
  const { checks } = report;
  const failures = checks.filter(({ passed }) => !passed).length;
  const name = valid(`smoke-test ${subjectName(report.subject)}`);
  const counts = { '@tests': checks.length, '@failures': failures, '@errors': 0, '@skipped': 0 };
  const testcase = checks.map((check) => testcaseOf(report, check, name));
  const testsuite = { '@name': name, ...counts, '@timestamp': report.createdAt, testcase };
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: { '@name': 'ml-deploy', ...counts, testsuite },
  });
}

function testcaseOf(report: SmokeReport, check: SmokeReport['checks'][number], classname: string) {
  const { name, passed, message, value, limit } = check;
  const failure = { '@message': valid(message), '@type': 'check', '#text': valid(detail(report, name)) };
  return {
    '@classname': classname,
    '@name': valid(name),
    ...(passed ? {} : { failure }),
    ...(value === null ? {} : { 'system-out': `value: ${value}, limit: ${limit ?? 'none'}` }),
  };
}

/** The worst rows beside the check that they belong to. */
function detail({ kind, worstRows, verdict }: SmokeReport, check: string): string {
  if (check !== kind || worstRows.length === 0) return verdict;
  const lines = worstRows.flatMap(({ row, differences }) =>
    differences.map(
      ({ field, index, expected, actual }) =>
        `row ${row}, ${field}${index === null ? '' : `[${index}]`}: expected ${expected}, got ${actual}`,
    ),
  );
  return lines.join('\n');
}

/** XML 1.0 has no control characters but tab and line breaks, escaped or not. https://www.w3.org/TR/xml/#charsets */
function valid(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
}
