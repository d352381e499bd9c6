/** ECharts, only the parts used, in a chunk of its own (about 180 kB packed): loaded when a chart is on the page. */
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, MarkLineComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, LineChart, GridComponent, MarkAreaComponent, MarkLineComponent, SVGRenderer]);

export interface VolumeMark {
  readonly at: number;
  readonly sign: string;
}

export interface VolumeSeries {
  readonly hours: readonly { readonly hour: number; readonly unique: number; readonly all: number; readonly burst: boolean }[];
  readonly marks: readonly VolumeMark[];
  readonly label: (at: number) => string;
  readonly colours: { readonly ink: string; readonly soft: string; readonly line: string; readonly text: string; readonly burst: string };
  readonly burstWord: string;
}

const HOUR = 3_600_000;

/** Runs of burst hours as [first, last] positions. */
function bandsOf(hours: VolumeSeries['hours']): [number, number][] {
  const bands: [number, number][] = [];
  hours.forEach((hour, index) => {
    if (!hour.burst) return;
    const last = bands.at(-1);
    if (last !== undefined && last[1] === index - 1) last[1] = index;
    else bands.push([index, index]);
  });
  return bands;
}

function seriesOf(series: VolumeSeries) {
  const { hours, marks, colours } = series;
  const first = hours[0]?.hour ?? 0;
  const place = (at: number) => Math.max(0, Math.min(hours.length - 1, Math.floor((at - first) / HOUR)));
  return [
    {
      type: 'bar' as const,
      data: hours.map((hour) => hour.all),
      barGap: '-100%',
      barCategoryGap: '18%',
      itemStyle: { color: colours.soft },
      silent: true,
      animation: false,
    },
    {
      type: 'bar' as const,
      data: hours.map((hour) => hour.unique),
      barCategoryGap: '18%',
      itemStyle: { color: colours.ink },
      silent: true,
      animation: false,
      markArea: {
        silent: true,
        itemStyle: { color: colours.burst, borderColor: colours.text, borderWidth: 0.6, borderType: 'dashed' as const },
        label: { color: colours.text, fontSize: 11, position: 'insideTop' as const },
        data: bandsOf(hours).map(
          ([from, to], index) =>
            [{ name: index === 0 ? series.burstWord : '', xAxis: from }, { xAxis: Math.min(hours.length - 1, to) }] as [
              { name: string; xAxis: number },
              { xAxis: number },
            ],
        ),
      },
      markLine: {
        silent: true,
        symbol: 'none',
        lineStyle: { color: colours.text, type: 'solid' as const, width: 1 },
        label: { color: colours.text, fontSize: 12, formatter: '{b}', distance: 2 },
        data: marks.map((mark) => ({ name: mark.sign, xAxis: place(mark.at) })),
      },
    },
  ];
}

/** Draws into the node and follows its width; returns how to take it away. */
export function drawVolume(node: HTMLElement, series: VolumeSeries): () => void {
  const chart = init(node, null, { renderer: 'svg' });
  const { colours } = series;
  chart.setOption({
    animation: false,
    grid: { left: 36, right: 10, top: 24, bottom: 24 },
    xAxis: {
      type: 'category',
      data: series.hours.map((hour) => series.label(hour.hour)),
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
      axisLabel: { color: colours.text, fontSize: 11, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: 3,
      axisLabel: { color: colours.text, fontSize: 11 },
      splitLine: { lineStyle: { color: colours.line } },
    },
    series: seriesOf(series),
  });
  const follow = new ResizeObserver(() => chart.resize());
  follow.observe(node);
  return () => {
    follow.disconnect();
    chart.dispose();
  };
}
