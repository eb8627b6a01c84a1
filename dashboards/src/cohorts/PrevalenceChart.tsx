import '../charts/chart-setup';
import { Bar } from 'react-chartjs-2';
import type { CohortPage } from '../../../apps/api/src/clinical/contract';
import { useChartColors } from '../charts/chart-colors';
import { ChartFigure } from '../charts/ChartFigure';
import { countText, percentText } from '../design/format';

/** Prevalence by age band. */
export function PrevalenceChart({ bands }: { bands: CohortPage['byAge'] }) {
  const colors = useChartColors();
  return (
    <ChartFigure
      title="By age"
      summary={`Prevalence by age: ${bands.map((band) => `${band.ageBand} ${percentText(band.prevalence)}`).join(', ')}`}
      height={210}
      chart={
        <Bar
          role="presentation"
          data={{
            labels: bands.map(({ ageBand }) => ageBand.replace('-', '–')),
            datasets: [
              {
                data: bands.map(({ prevalence }) => prevalence),
                backgroundColor: colors.accent,
                borderRadius: 3,
                maxBarThickness: 34,
              },
            ],
          }}
          options={{
            scales: {
              x: { grid: { display: false }, border: { color: colors.line }, ticks: { color: colors.quiet } },
              y: {
                beginAtZero: true,
                border: { display: false },
                grid: { color: colors.line },
                ticks: {
                  color: colors.quiet,
                  maxTicksLimit: 5,
                  callback: (value) => `${Math.round(Number(value) * 100)} %`,
                },
              },
            },
            plugins: {
              tooltip: {
                displayColors: false,
                callbacks: {
                  label: ({ dataIndex }) => {
                    const band = bands[dataIndex];
                    return band
                      ? `${percentText(band.prevalence)}  (${countText(band.members)} of ${countText(band.patients)})`
                      : '';
                  },
                },
              },
            },
          }}
        />
      }
      table={<BandTable bands={bands} />}
    />
  );
}

function BandTable({ bands }: { bands: CohortPage['byAge'] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Age</th>
          <th scope="col" className="cell-number">
            Prevalence
          </th>
          <th scope="col" className="cell-number">
            Members
          </th>
          <th scope="col" className="cell-number">
            Patients
          </th>
        </tr>
      </thead>
      <tbody>
        {bands.map((band) => (
          <tr key={band.ageBand}>
            <th scope="row">{band.ageBand}</th>
            <td className="cell-number">{percentText(band.prevalence)}</td>
            <td className="cell-number">{countText(band.members)}</td>
            <td className="cell-number">{countText(band.patients)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
