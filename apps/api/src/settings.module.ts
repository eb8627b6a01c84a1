import { Module, type DynamicModule } from '@nestjs/common';
import { systemClock, type Settings } from '@catchment/platform';

/** Inject with `@Inject(SETTINGS) settings: Settings`. */
export const SETTINGS = Symbol('settings');
/** Inject with `@Inject(CLOCK) clock: Clock`. */
export const CLOCK = Symbol('clock');

/** The settings and the clock, for every module. */
@Module({})
export class SettingsModule {
  static forRoot(settings: Settings): DynamicModule {
    return {
      module: SettingsModule,
      global: true,
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: CLOCK, useValue: systemClock },
      ],
      exports: [SETTINGS, CLOCK],
    };
  }
}
