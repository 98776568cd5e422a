/** The report's charts, as configurations of Chart.js. https://www.chartjs.org/docs/latest/configuration/ */
import type { FieldPairs } from './pairs.ts';
import type { SmokeReport } from './report.ts';
import { round } from './check.ts';

export interface Chart {
  readonly title: string;
  /** Plain JSON. */
  readonly config: unknown;
}

const BLUE = '#2f81f7';
const ORANGE = '#db6d28';
const GREY = '#8b949e';

export function chartsOf({ parity, latency }: SmokeReport): Chart[] {
  const pairs = parity?.pairs.filter((one) => one.pairs.length > 0) ?? [];
  return [
    ...pairs.flatMap((one) => [againstChart(one), differencesChart(one)]),
    ...(latency && latency.n > 1 ? [latencyChart(latency)] : []),
  ];
}

function againstChart({ field, pairs }: FieldPairs): Chart {
  const all = pairs.flatMap(({ expected, actual }) => [expected, actual]);
  const ends = [Math.min(...all), Math.max(...all)];
  const points = pairs.map(({ expected, actual }) => ({ x: expected, y: actual }));
  const diagonal = ends.map((end) => ({ x: end, y: end }));
  return {
    title: `${field}: expected against actual (${pairs.length} values)`,
    config: {
      type: 'scatter',
      data: {
        datasets: [
          { label: 'a value', data: points, backgroundColor: `${BLUE}99`, pointRadius: 3 },
          {
            label: 'expected = actual',
            data: diagonal,
            type: 'line',
            borderColor: GREY,
            borderWidth: 1,
            pointRadius: 0,
          },
        ],
      },
      options: { scales: { x: axis('expected', 'linear'), y: axis('actual', 'linear') } },
    },
  };
}

function differencesChart({ field, differences }: FieldPairs): Chart {
  const labels = differences.map(({ below }) => (below === null ? 'equal' : `< ${below.toExponential(0)}`));
  return {
    title: `${field}: differences by size`,
    config: {
      type: 'bar',
      data: {
        labels,
        datasets: [{ label: 'values', data: differences.map(({ count }) => count), backgroundColor: ORANGE }],
      },
      options: {
        plugins: { legend: { display: false } },
        scales: { x: axis('|actual − expected|'), y: axis('values', 'linear') },
      },
    },
  };
}

function latencyChart({ curve, n }: NonNullable<SmokeReport['latency']>): Chart {
  return {
    title: `Latency by percentile (${n} requests)`,
    config: {
      type: 'line',
      data: {
        labels: curve.map(({ percent }) => percent),
        datasets: [
          {
            label: 'ms',
            data: curve.map(({ ms }) => Number(round(ms))),
            borderColor: BLUE,
            backgroundColor: BLUE,
          },
        ],
      },
      options: {
        plugins: { legend: { display: false } },
        scales: { x: axis('percentile'), y: { ...axis('milliseconds', 'linear'), beginAtZero: true } },
      },
    },
  };
}

function axis(text: string, type?: 'linear') {
  return { ...(type ? { type } : {}), title: { display: true, text } };
}
