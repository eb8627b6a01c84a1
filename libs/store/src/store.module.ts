import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Store } from './store';
import { entities } from './entities';

/**
 * Makes the operational database known to Nest: after `forRoot(store)` every module may inject repositories with
 * `@InjectRepository(Target)` or the `DataSource` itself. Nest closes the connections when it shuts down.
 */
@Module({})
export class StoreModule {
  static forRoot(store: Store): DynamicModule {
    const features = TypeOrmModule.forFeature(entities);
    return {
      module: StoreModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => store.dataSource.options,
          dataSourceFactory: async () => store.dataSource,
        }),
        features,
      ],
      exports: [features],
    };
  }
}
